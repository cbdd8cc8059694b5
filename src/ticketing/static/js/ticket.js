/* A ticket's page, and what every ticket can do. */

import "./offline.js";
import "./pager.js";
import "./share.js";

addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && location.hash.startsWith("#big-")) location.hash = location.hash.replace("big", "t");
});
