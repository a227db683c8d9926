package io.regulars.local.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.regulars.embedded.Mail;
import io.regulars.embedded.MailSandbox;

import static io.regulars.local.gateway.Answers.escape;

/// `/sandbox/mail`: the list, newest first; `/sandbox/mail/{id}`: one message.
final class MailPages implements HttpHandler {

    private static final int SHOWN = 200;

    private final MailSandbox mails;

    MailPages(MailSandbox mails) {
        this.mails = mails;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.matches("/sandbox/mail/[0-9]{1,18}(\\.json)?")) {
                one(exchange, Long.parseLong(path.replaceAll("\\D", "")));
            } else if (path.matches("/sandbox/mail(\\.json|/)?")) {
                list(exchange);
            } else {
                Answers.problem(exchange, 404, "Not Found", "no such page");
            }
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var newest = mails.received().reversed();
        if (Answers.wantsJson(exchange)) {
            Answers.json(exchange, Map.of("total", mails.total(), "items", newest));
        } else {
            Answers.html(exchange, page(newest));
        }
    }

    private void one(HttpExchange exchange, long id) throws IOException {
        var found = mails.received().stream().filter(mail -> mail.id() == id).findFirst();
        if (found.isEmpty()) {
            Answers.problem(exchange, 404, "Not Found", "no e-mail " + id + " is kept");
        } else if (Answers.wantsJson(exchange)) {
            Answers.json(exchange, found.get());
        } else {
            Answers.html(exchange, page(found.get()));
        }
    }

    private String page(List<Mail> newest) {
        var rows = newest.stream()
                .limit(SHOWN)
                .map(mail -> "<tr><td class=dim>%s</td><td>%s</td><td><a href=\"/sandbox/mail/%d\">%s</a></td></tr>"
                        .formatted(escape(mail.receivedAt()), escape(mail.to()), mail.id(), escape(mail.subject())))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html><html lang="en"><head><title>Mailbox</title>%s</head><body>
                <p><a href="/">Regulars</a></p><h1>Mailbox</h1><p>%d e-mails, the newest first.</p>
                <table><tr><th>received</th><th>to</th><th>subject</th></tr>
                %s
                </table></body></html>
                """.formatted(FrontPage.STYLE, mails.total(), rows);
    }

    /// The HTML part is shown in a frame that may run nothing.
    private static String page(Mail mail) {
        var headers = mail.headers().entrySet().stream()
                .map(header -> "<tr><th>%s</th><td>%s</td></tr>"
                        .formatted(escape(header.getKey()), escape(String.join(", ", header.getValue()))))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html><html lang="en"><head><title>%s</title>%s</head><body>
                <p><a href="/sandbox/mail">Mailbox</a></p><h1>%s</h1>
                <p>to %s, received %s</p>
                <h2>HTML</h2><iframe sandbox srcdoc="%s"></iframe>
                <h2>Text</h2><p class="text">%s</p>
                <h2>Headers</h2><table>%s</table>
                </body></html>
                """.formatted(
                        escape(mail.subject()),
                        FrontPage.STYLE,
                        escape(mail.subject()),
                        escape(mail.to()),
                        escape(mail.receivedAt()),
                        escape(mail.html()),
                        escape(mail.text()),
                        headers);
    }
}
