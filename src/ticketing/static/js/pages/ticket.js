/* A ticket's page, and what every ticket can do. */

import "../shared/offline.js";
import "../shared/pager.js";
import "../shared/share.js";

addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && location.hash.startsWith("#big-")) location.hash = location.hash.replace("big", "t");
});
