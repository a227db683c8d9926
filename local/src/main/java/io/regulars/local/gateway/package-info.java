/// One address for the three services, as an ingress gives it, and pages to look into the sandboxes.
package io.regulars.local.gateway;
