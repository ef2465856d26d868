import { writeFileSync } from "node:fs";
import { faultsPage } from "./defects";

writeFileSync("packages/cdktf-hcl/FAULTS.md", faultsPage());
