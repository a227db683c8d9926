/// What a local run keeps between its runs: folders, ports, secrets, shops.
package io.regulars.local.home;
