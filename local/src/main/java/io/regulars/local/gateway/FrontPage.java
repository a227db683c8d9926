package io.regulars.local.gateway;

import java.io.IOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/// The plain page at `/`.
final class FrontPage implements HttpHandler {

    static final String STYLE = """
            <meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <style>
              body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
              table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
              th { font-weight: 600 } .text { white-space: pre-wrap } .dim { color: #777 } iframe { width: 100%; height: 30rem; border: 1px solid #ddd }
            </style>
            """;

    private static final String PAGE = """
            <!doctype html><html lang="en"><head><title>Regulars</title>%s</head><body>
            <h1>Regulars</h1>
            <p>Turns a shop's one-time buyers into regulars (回头客). This is a run on one machine.</p>
            <h2>Interfaces</h2>
            <ul>
              <li><a href="/api/customer/docs">customer-service</a>: customers, orders, products, imports, access
                (<a href="/api/customer/openapi">OpenAPI</a>)</li>
              <li><a href="/api/scoring/docs">scoring-service</a>: scores, tiers, groups, forecasts, simulations
                (<a href="/api/scoring/openapi">OpenAPI</a>)</li>
              <li><a href="/api/campaign/docs">campaign-service</a>: campaigns, messages, coupons, inbox
                (<a href="/api/campaign/openapi">OpenAPI</a>)</li>
            </ul>
            <h2>Sandboxes</h2>
            <ul>
              <li><a href="/sandbox/mail">Mailbox</a> (<a href="/sandbox/mail.json">JSON</a>): every e-mail that was sent</li>
              <li><a href="/sandbox/sms">SMS</a> (<a href="/sandbox/sms.json">JSON</a>): every text message that was sent</li>
            </ul>
            </body></html>
            """.formatted(STYLE);

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/")) {
                Answers.html(exchange, PAGE);
            } else {
                Answers.problem(exchange, 404, "Not Found", "nothing is here; the services are under /api/");
            }
        }
    }
}
