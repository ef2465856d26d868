import { environmentSecrets, fetchedSecret } from "../pages/secrets";
import { managedPassword } from "./standin/answers/aws";

/** Stands for a secret. */
export interface Canary {
  /** Letters and digits that occur nowhere else: what a search looks for. */
  readonly word: string;
  /** What the variable takes, with characters in it that encodings write differently. */
  readonly value: string;
  /** What its validation refuses. */
  readonly refused: string;
}

/** Of every sensitive variable. */
export const canaries: Record<string, Canary> = {
  db_password: {
    word: "Canary7f3a9c51e8d0",
    value: "Canary7f3a9c51e8d0&<'>+%\\$(id)",
    refused: "Canary7f3a9c51e8d0 and/a blank",
  },
  db_master_password: {
    word: "Canary2b64d87f10ce",
    value: "Canary2b64d87f10ce&<'>+%\\$(id)",
    refused: "Canary2b64d87f10ce@host",
  },
  rp_sasl_password: {
    word: "Canary90fe3ab2c47d",
    value: 'a "Canary90fe3ab2c47d"&<\'>+%/\\${x}',
    refused: "Canary90fe3ab2c47d\nand a second line",
  },
  access_key_id: {
    word: "CANARY5D1E7A9B",
    value: "AKIACANARY5D1E7A9B00",
    refused: "ASIACANARY5D1E7A9B00",
  },
  secret_access_key: {
    word: "Canary6c0d8e2f4a17",
    value: "Canary6c0d8e2f4a17+/=0000000000000000000",
    refused: "Canary6c0d8e2f4a17",
  },
};

/** Values of secrets that are not variables' but the environment's. */
export const environmentCanaries = Object.fromEntries(
  Object.keys(environmentSecrets).map((name, index) => [name, `Canary13a5b7c9d1e${index}`]),
);

/** Names to the words to look for. */
export const words: Record<string, string> = {
  ...environmentCanaries,
  [fetchedSecret]: managedPassword.replace(/ .*/, ""),
  ...Object.fromEntries(Object.entries(canaries).map(([name, { word }]) => [name, word])),
};

/** Names to values, for a module that takes them. */
export const values: Record<string, string> = Object.fromEntries(
  Object.entries(canaries).map(([name, { value }]) => [name, value]),
);
