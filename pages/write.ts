import { writeFileSync } from "node:fs";
import { troubleshootingPage } from "../commands/doctor/page";
import { positionsPage } from "./positions";
import { safetyPage } from "./safety";

/** `npm run docs`, in the project's folder. */
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
writeFileSync("docs/safety.md", safetyPage());
writeFileSync("docs/positions.md", positionsPage());
