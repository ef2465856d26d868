import type { Values } from "../values";
import { aws } from "./aws";
import { databases } from "./databases";
import { http } from "./http";
import { local } from "./local";
import { redpanda, redpandaUpgrades } from "./redpanda";

/** What an answer is made from. */
export interface Subject {
  /** The planned attributes of a resource, or the configuration of what is read. */
  readonly values: Values;
  /** 64 hexadecimal digits of the object's own, the same in every run. */
  readonly hash: string;
  readonly providerConfig: Values;
  /** AWS region and account of the provider's configuration. */
  readonly region: string;
  readonly account: string;
  /** Relative file names are relative to it. */
  readonly directory: string;
  /** What exists of a type, as attributes. */
  readonly objects: (type: string) => readonly Values[];
}

/** What the provider computes. Only attributes that are not configured are taken from it. */
export type Answer = (subject: Subject) => Partial<Values>;

/** By kind: `aws_vpc`, `data.http`, `ephemeral.aws_kms_secrets`. What is not here is made up from its name. */
export const answers: Record<string, Answer> = {
  ...aws,
  ...databases,
  ...http,
  ...local,
  ...redpanda,
};

/** What becomes of a state that an older version of the provider wrote. Without one, only its shape changes. */
export const upgrades: Record<string, (state: Values) => Values> = redpandaUpgrades;
