package io.regulars.customer.access;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.hibernate.orm.panache.Panache;
import io.regulars.kit.problem.Problems;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class Users {

    private final Clock clock;

    Users(Clock clock) {
        this.clock = clock;
    }

    @Transactional
    UserAccount add(int merchant, String email, String name, List<String> roles, String password) {
        var user = new UserAccount();
        user.merchantId = merchant;
        user.email = email;
        user.name = name;
        user.roles = List.copyOf(roles);
        user.passwordHash = Secrets.hashPassword(password);
        user.createdAt = clock.instant();
        user.persist();
        try {
            Panache.getEntityManager().flush();
        } catch (ConstraintViolationException taken) {
            throw Problems.conflict("a user with this e-mail address exists");
        }
        return user;
    }

    @Transactional
    UserAccount change(int merchant, long id, String name, List<String> roles, boolean disabled, String password) {
        UserAccount user = find(merchant, id);
        user.name = name;
        user.roles = List.copyOf(roles);
        user.disabled = disabled;
        if (password != null) {
            user.passwordHash = Secrets.hashPassword(password);
        }
        requireOwner(user);
        return user;
    }

    @Transactional
    void remove(int merchant, long id) {
        UserAccount user = find(merchant, id);
        user.disabled = true;
        requireOwner(user);
        user.delete();
    }

    @Transactional
    UserAccount find(int merchant, long id) {
        return UserAccount.ofMerchant(merchant, id).orElseThrow(() -> Problems.notFound("user", "of this id"));
    }

    @Transactional
    List<UserAccount> page(int merchant, long after, int limit) {
        return UserAccount.page(merchant, after, limit);
    }

    /// A merchant without an owner could never again let anybody in.
    private static void requireOwner(UserAccount user) {
        boolean owner = user.isOwner() && !user.disabled;
        if (!owner && UserAccount.ownersBeside(user) == 0) {
            throw Problems.conflict("this user is the merchant's only owner");
        }
    }
}
