/// Personal messages to everybody: e-mail over SMTP, and SMS over HTTP.
package io.regulars.bench.send;
