import { RdsCertificates } from "../../constructs/rds-certificates";
import { generatedFiles } from "./generated";
import { rendered } from "./rendered";

const certificates = (amazonRoot: boolean) =>
  rendered(
    (around) =>
      new RdsCertificates(around, "certificates", { files: generatedFiles(around), amazonRoot }),
  );

test("RDS's own certificates in the region, as text and as a file", () => {
  expect(certificates(false)).toMatchInlineSnapshot(`
=== database.tf
################################################################################
# Certificates
################################################################################

# RDS's own certificate authorities in this region.
data "http" "rds_ca" {
  count = var.rds_ca_pem == null ? 1 : 0

  url = "https://truststore.pki.rds.amazonaws.com/\${var.region}/\${var.region}-bundle.pem"

  lifecycle {
    postcondition {
      condition = (
        self.status_code == 200 &&
        can(regex(
          "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
          self.response_body
        ))
      )
      error_message = "\${self.url} returned no certificate (HTTP status \${self.status_code}). Check region and the connection to the internet, or set rds_ca_pem to the certificates' text."
    }
  }
}

locals {
  # The certificates alone, without the text around them.
  rds_ca_pem = join("\\n", regexall(
    "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
    coalesce(var.rds_ca_pem, join("\\n", concat(data.http.rds_ca[*].response_body)))
  ))

  fetch_rds_ca = var.write_files ? "" : "terraform output -raw rds_ca_pem >\\"$d\\"/rds-ca.pem && "
}

resource "local_file" "rds_ca" {
  count = var.write_files ? 1 : 0

  filename        = "\${path.module}/\${local.files}rds-ca.pem"
  content         = "\${local.rds_ca_pem}\\n"
  file_permission = "0644"
}

=== what it hands out
pem: \${local.rds_ca_pem}
file:
  path: \${local.files}rds-ca.pem
  content: |
    \${local.rds_ca_pem}
  fetch: \${local.fetch_rds_ca}
  filename: \${join("", local_file.rds_ca[*].filename)}
  outputs:
    rds_ca_pem:
      - '\${var.write_files ? "" : "\${local.rds_ca_pem}\\n"}'
      - Certificates by which psql and mysql verify the database's own. Empty where write_files is true.
  ready:
    - local_file.rds_ca
ready:
  - local_file.rds_ca
`);
});

test("Amazon's root as well", () => {
  expect(certificates(true).differenceTo(certificates(false))).toMatchInlineSnapshot(`
=== database.tf
@ data.http.amazon_root_ca
+# Serverless v2 is documented with certificates of this authority too.
+data "http" "amazon_root_ca" {
+  count = var.rds_ca_pem == null ? 1 : 0
+  url = "https://www.amazontrust.com/repository/AmazonRootCA1.pem"
+  lifecycle {
+    postcondition {
+      condition = (
+        self.status_code == 200 &&
+        can(regex(
+          "-----BEGIN CERTIFICATE-----[ \\\\t]*\\\\r?\\\\n(?:[A-Za-z0-9+/=]+[ \\\\t]*\\\\r?\\\\n)+-----END CERTIFICATE-----",
+          self.response_body
+        ))
+      )
+      error_message = "\${self.url} returned no certificate (HTTP status \${self.status_code}). Check region and the connection to the internet, or set rds_ca_pem to the certificates' text."
+    }
+  }
+}

@ local.rds_ca_pem
-    coalesce(var.rds_ca_pem, join("\\n", concat(data.http.rds_ca[*].response_body)))
+    coalesce(var.rds_ca_pem, join("\\n", concat(
+      data.http.rds_ca[*].response_body,
+      data.http.amazon_root_ca[*].response_body
+    )))
`);
});
