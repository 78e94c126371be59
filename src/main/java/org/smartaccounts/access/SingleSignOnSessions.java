package org.smartaccounts.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.stereotype.Component;

/**
 * Which session here belongs to which one at the identity provider. In the database, so that it does not matter which node is told that
 * somebody has left, nor which of them have been restarted since.
 */
@Component
class SingleSignOnSessions implements OidcSessionRegistry {

    private static final String ALL = "SELECT session_id, issuer, subject FROM single_sign_on_session ";

    private final JdbcClient jdbc;

    SingleSignOnSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void saveSessionInformation(OidcSessionInformation session) {
        OidcUser person = session.getPrincipal();
        jdbc.sql("""
                INSERT INTO single_sign_on_session (session_id, issuer, subject, sid, since) VALUES (?, ?, ?, ?, now())
                ON CONFLICT (session_id) DO NOTHING""")
                .params(
                        session.getSessionId(),
                        String.valueOf(person.getIssuer()),
                        person.getSubject(),
                        person.getClaimAsString("sid"))
                .update();
    }

    /** Sessions end without a word, by time; a new one is not written down yet. */
    @Scheduled(fixedDelayString = "PT1H")
    void forgetEnded() {
        jdbc.sql("""
                DELETE FROM single_sign_on_session WHERE since < now() - interval '1 hour' AND NOT EXISTS
                    (SELECT 1 FROM spring_session WHERE spring_session.session_id = single_sign_on_session.session_id)""").update();
    }

    /** With the login a session gets another id, so that nobody can have foisted it on the person. */
    @EventListener
    void changeId(SessionFixationProtectionEvent event) {
        jdbc.sql("UPDATE single_sign_on_session SET session_id = ? WHERE session_id = ?")
                .params(event.getNewSessionId(), event.getOldSessionId())
                .update();
    }

    @Override
    public @Nullable OidcSessionInformation removeSessionInformation(String sessionId) {
        return remove(jdbc.sql(ALL + "WHERE session_id = ?").param(sessionId)).stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken left) {
        String issuer = String.valueOf(left.getIssuer());
        // A token names the session, or the person, or both.
        return remove(
                left.getSessionId() != null
                        // Some name the session only when they end it.
                        ? jdbc.sql(ALL + "WHERE issuer = ? AND (sid = ? OR sid IS NULL AND subject = ?)")
                                .params(issuer, left.getSessionId(), left.getSubject())
                        : jdbc.sql(ALL + "WHERE issuer = ? AND subject = ?").params(issuer, left.getSubject()));
    }

    private List<OidcSessionInformation> remove(JdbcClient.StatementSpec query) {
        List<OidcSessionInformation> sessions = query.query(toSession()).list();
        for (OidcSessionInformation session : sessions) {
            jdbc.sql("DELETE FROM single_sign_on_session WHERE session_id = ?")
                    .param(session.getSessionId())
                    .update();
        }
        return sessions;
    }

    private static RowMapper<OidcSessionInformation> toSession() {
        return (row, index) -> {
            Map<String, Object> claims = Map.of(
                    IdTokenClaimNames.ISS, Objects.requireNonNull(row.getString("issuer")),
                    IdTokenClaimNames.SUB, Objects.requireNonNull(row.getString("subject")));
            OidcIdToken token = new OidcIdToken("not kept", Instant.EPOCH, Instant.MAX, claims);
            return new OidcSessionInformation(
                    row.getString("session_id"), Map.of(), new DefaultOidcUser(AuthorityUtils.NO_AUTHORITIES, token));
        };
    }
}
