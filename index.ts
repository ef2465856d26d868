/** What a program imports as `rpcn-aurora`: stacks, parts of them, and the data that decides what is in them. */
export {
  type ByocChoices,
  type Choice,
  type Choices,
  choices,
  defaults,
  type Ec2Choices,
  type EngineName,
  type Topology,
} from "./choices";
export { ParameterGroup, type ParameterGroupProps } from "./constructs/parameter-group";
export { engines } from "./engines";
export type { Engine } from "./engines/engine";
export { ByocStack } from "./stacks/byoc";
export { Ec2Stack } from "./stacks/ec2";
