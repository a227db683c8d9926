package io.regulars.customer.access;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.regulars.kit.merchant.Roles;

/// A person who works for a merchant.
@Entity
@Table(name = "app_user")
public class UserAccount extends PanacheEntityBase {

    @Id
    @SequenceGenerator(name = "app_user_id_seq", sequenceName = "app_user_id_seq", allocationSize = 1)
    @GeneratedValue(generator = "app_user_id_seq")
    public Long userId;

    public int merchantId;
    public String email;
    public String name;
    public List<String> roles;
    public String passwordHash;
    public boolean disabled;
    public Instant createdAt;

    /// Over all merchants: the address is what a person logs in with.
    static Optional<UserAccount> withEmail(String email) {
        return find("lower(email) = ?1", email.toLowerCase(Locale.ROOT)).firstResultOptional();
    }

    static Optional<UserAccount> ofMerchant(int merchant, long id) {
        return find("merchantId = ?1 and userId = ?2", merchant, id).firstResultOptional();
    }

    static List<UserAccount> page(int merchant, long after, int limit) {
        return find("merchantId = ?1 and userId > ?2 order by userId", merchant, after)
                .range(0, limit - 1)
                .list();
    }

    /// How many others could still give out rights.
    static long ownersBeside(UserAccount user) {
        List<UserAccount> others =
                list("merchantId = ?1 and userId <> ?2 and disabled = false", user.merchantId, user.userId);
        return others.stream().filter(UserAccount::isOwner).count();
    }

    boolean isOwner() {
        return roles.contains(Roles.OWNER);
    }
}
