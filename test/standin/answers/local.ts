import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Values } from "../values";
import type { Answer } from "./index";

/** What a `local_file` holds, in bytes: whichever of its four arguments is set. */
export function contentOf(values: Values, directory: string): Buffer {
  if (typeof values.content_base64 === "string") {
    return Buffer.from(values.content_base64, "base64");
  }
  if (typeof values.source === "string") return readFileSync(resolve(directory, values.source));
  return Buffer.from(String(values.content ?? values.sensitive_content ?? ""));
}

function hashes(content: Buffer): Values {
  const hash = (algorithm: string, encoding: "hex" | "base64" = "hex") =>
    createHash(algorithm).update(content).digest(encoding);
  return {
    id: hash("sha1"),
    content_md5: hash("md5"),
    content_sha1: hash("sha1"),
    content_sha256: hash("sha256"),
    content_sha512: hash("sha512"),
    content_base64sha256: hash("sha256", "base64"),
    content_base64sha512: hash("sha512", "base64"),
  };
}

const written: Answer = ({ values, directory }) => hashes(contentOf(values, directory));

const found: Answer = ({ values, directory }) => {
  const content = readFileSync(resolve(directory, String(values.filename)));
  return {
    ...hashes(content),
    content: content.toString(),
    content_base64: content.toString("base64"),
  };
};

export const local: Record<string, Answer> = {
  local_file: written,
  local_sensitive_file: written,
  "data.local_file": found,
  "data.local_sensitive_file": found,
};
