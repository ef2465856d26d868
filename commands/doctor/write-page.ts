import { writeFileSync } from "node:fs";
import { troubleshootingPage } from "./page";

/** `npm run docs`, in the project's folder. */
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
