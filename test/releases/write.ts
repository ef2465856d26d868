import { presentAddresses } from "./addresses";
import { release } from "./released";

// No test of its own: `npm run releases` runs this file alone, because the stand-in lives among the tests.
test("writes the addresses of the version that package.json names", async () => {
  release(await presentAddresses());
});
