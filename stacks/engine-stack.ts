import type { Construct } from "constructs";
import type { DatabaseChoices } from "../choices";
import type { Engine, Names } from "../engines/engine";
import { type TemplateChoices, templates } from "../templates";
import { AddressedStack, type AddressedStackProps } from "./addressed-stack";

export interface EngineStackProps extends Omit<AddressedStackProps, "name"> {
  readonly engine: Engine;
  readonly names: Names;
  readonly choices: DatabaseChoices;
  readonly template: Omit<TemplateChoices, keyof DatabaseChoices>;
}

/** A stack that streams from a cluster of one engine. */
export class EngineStack extends AddressedStack {
  /** The templates that lie beside the module: content by file name. */
  readonly templates: Record<string, string>;
  readonly engine: Engine;

  constructor(scope: Construct, props: EngineStackProps) {
    const { engine, names, choices, template, providers, aliases } = props;
    const user = choices.database === "provider" ? [engine.user.provider] : [];
    super(scope, { name: names.stack, providers: [...providers, ...user], aliases });
    this.engine = engine;
    this.templates = templates(engine, { ...template, ...choices });
  }
}
