/* The map of a performance that is not on sale now: only to be looked at. */

import { listen } from "./zoom.js";

listen();
