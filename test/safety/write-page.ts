import { writeFileSync } from "node:fs";
import { safetyPage } from "./page";

/** `npm run docs`, in the project's folder. */
writeFileSync("docs/safety.md", safetyPage());
