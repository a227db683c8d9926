package io.regulars.local.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import io.regulars.embedded.MailSandbox;
import io.regulars.embedded.SmsSandbox;
import io.regulars.local.home.PortPlan;

/// Routes `/api/{service}/…` as the Kubernetes ingress does; shows the first page and the sandboxes.
public final class Gateway implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    public Gateway(PortPlan ports, MailSandbox mail, SmsSandbox sms) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), ports.gateway()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway cannot listen on port " + ports.gateway(), e);
        }
        server.setExecutor(workers);
        for (var service : PortPlan.Services.NAMES) {
            var target = URI.create("http://localhost:" + ports.http(service));
            server.createContext("/api/" + service, new Proxy(service, target));
        }
        server.createContext("/sandbox/mail", new MailPages(mail));
        server.createContext("/sandbox/sms", new SmsPages(sms));
        server.createContext("/", new FrontPage());
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
