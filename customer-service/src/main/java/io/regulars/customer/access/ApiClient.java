package io.regulars.customer.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;

/// A merchant's system that calls the API.
@Entity
@Table(name = "api_client")
public class ApiClient extends PanacheEntityBase {

    @Id
    @SequenceGenerator(name = "api_client_id_seq", sequenceName = "api_client_id_seq", allocationSize = 1)
    @GeneratedValue(generator = "api_client_id_seq")
    public Long apiClientId;

    public int merchantId;
    public String clientId;
    public String name;
    public List<String> roles;
    public byte[] secretHash;
    public boolean revoked;
    public Instant createdAt;

    static Optional<ApiClient> withClientId(String clientId) {
        return find("clientId = ?1 and revoked = false", clientId).firstResultOptional();
    }

    static Optional<ApiClient> ofMerchant(int merchant, String clientId) {
        return find("merchantId = ?1 and clientId = ?2 and revoked = false", merchant, clientId)
                .firstResultOptional();
    }

    static List<ApiClient> page(int merchant, long after, int limit) {
        return find("merchantId = ?1 and apiClientId > ?2 and revoked = false order by apiClientId", merchant, after)
                .range(0, limit - 1)
                .list();
    }
}
