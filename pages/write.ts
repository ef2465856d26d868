import { writeFileSync } from "node:fs";
import { liveSchemaFile } from "../commands/doctor/live/report-schema";
import { troubleshootingPage } from "../commands/doctor/page";
import { schemaFile } from "../commands/doctor/report-schema";
import { fleetSchemaFile } from "../commands/fleet/json-schema";
import { alarmsPage } from "./alarms";
import { positionsPage } from "./positions";
import { productionPage } from "./production";
import { safetyPage } from "./safety";

/** `npm run docs`, in the project's folder. */
writeFileSync("docs/troubleshooting.md", troubleshootingPage());
writeFileSync("docs/doctor-report.schema.json", schemaFile());
writeFileSync("docs/doctor-live-report.schema.json", liveSchemaFile());
writeFileSync("docs/fleet.schema.json", fleetSchemaFile());
writeFileSync("docs/safety.md", safetyPage());
writeFileSync("docs/positions.md", positionsPage());
writeFileSync("docs/production.md", productionPage());
writeFileSync("docs/alarms.md", alarmsPage());
