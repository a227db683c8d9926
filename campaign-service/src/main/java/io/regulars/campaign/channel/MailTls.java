package io.regulars.campaign.channel;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/// Whose certificates we believe when we talk to mail servers: those that the JDK believes, or what the operator says
/// of
/// the TLS configuration named `mail`, such as `quarkus.tls.mail.trust-store.pem.certs` for a relay whose authority is
/// the company's own.
@ApplicationScoped
public class MailTls {

    private static final String NAME = "mail";

    private final SSLSocketFactory sockets;

    @Inject
    MailTls(TlsConfigurationRegistry registry) {
        this(context(registry.get(NAME)));
    }

    /// For others than the container.
    public MailTls(SSLContext context) {
        this.sockets = context.getSocketFactory();
    }

    private static SSLContext context(Optional<TlsConfiguration> named) {
        try {
            return named.isPresent() ? named.get().createSSLContext() : SSLContext.getDefault();
        } catch (Exception e) {
            throw new IllegalStateException("the TLS configuration named mail (quarkus.tls.mail) cannot be used", e);
        }
    }

    public SSLSocketFactory sockets() {
        return sockets;
    }
}
