/* What the server writes at the head of the worker. */
declare const VERSION: string;
declare const SHELLS: string[];
declare const FILES: string[];
