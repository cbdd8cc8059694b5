/* Node finds the browser's modules where the server has them. */

import { register } from "node:module";

const HOOK = `
const STATIC = ${JSON.stringify(new URL("../../src/ticketing/static/", import.meta.url).href)};
export const resolve = (name, context, next) =>
  next(name.startsWith("/static/") ? STATIC + name.slice(8) : name, context);
`;

register(`data:text/javascript,${encodeURIComponent(HOOK)}`);
