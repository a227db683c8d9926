/// SQL by Jdbi over the service's datasource, behind row-level security while a merchant's request is served.
package io.regulars.kit.sql;
