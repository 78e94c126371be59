package org.smartaccounts.account;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may use an active account, and as what. */
@Component
public class Members {

    /** What a member may do in the account. */
    public enum Role {
        /** Decides on everything in the account. */
        ADMINISTRATOR,
        /** Works with the licences. */
        USER
    }

    /**
     * A person with access.
     *
     * @param email the address that the person was invited by
     * @param role  what the person may do
     */
    public record Member(String email, Role role) {}

    private final JdbcClient jdbc;

    Members(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The approver becomes administrator and the added users become users; whoever is both is administrator. */
    void admit(String requestNumber, String administrator, List<String> users) {
        add(requestNumber, administrator, Role.ADMINISTRATOR);
        users.forEach(user -> add(requestNumber, user, Role.USER));
    }

    private void add(String requestNumber, String email, Role role) {
        jdbc.sql("INSERT INTO member (request_number, email, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(requestNumber, email, role.name())
                .update();
    }

    /** Everybody with access, administrators first. */
    public List<Member> of(String requestNumber) {
        return jdbc.sql("SELECT email, role FROM member WHERE request_number = ? ORDER BY role, email")
                .param(requestNumber)
                .query(Member.class)
                .list();
    }
}
