package io.regulars.local.gateway;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.regulars.embedded.SmsSandbox;

import static io.regulars.local.gateway.Answers.escape;

/// `/sandbox/sms`: the list, newest first.
final class SmsPages implements HttpHandler {

    private static final int SHOWN = 200;

    private final SmsSandbox messages;

    SmsPages(SmsSandbox messages) {
        this.messages = messages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().matches("/sandbox/sms(\\.json|/)?")) {
                Answers.problem(exchange, 404, "Not Found", "no such page");
            } else if (Answers.wantsJson(exchange)) {
                Answers.json(
                        exchange,
                        Map.of(
                                "total",
                                messages.total(),
                                "items",
                                messages.received().reversed()));
            } else {
                Answers.html(exchange, page());
            }
        }
    }

    private String page() {
        var rows = messages.received().reversed().stream()
                .limit(SHOWN)
                .map(sms -> "<tr><td class=dim>%s</td><td>%s</td><td class=text>%s</td></tr>"
                        .formatted(escape(sms.receivedAt()), escape(sms.to()), escape(sms.text())))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html><html lang="en"><head><title>SMS</title>%s</head><body>
                <p><a href="/">Regulars</a></p><h1>SMS</h1><p>%d messages, the newest first.</p>
                <table><tr><th>received</th><th>to</th><th>text</th></tr>
                %s
                </table></body></html>
                """.formatted(FrontPage.STYLE, messages.total(), rows);
    }
}
