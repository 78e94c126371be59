package org.smartaccounts.link;

import java.util.Optional;
import org.smartaccounts.link.Signatures.Purpose;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Where people report a problem: at a form of ours, or at the company's own desk, if it has one. A link to the form may know which request it
 * is about, and says nothing else of it; whoever has the link needs no login.
 */
@Component
public class ReportLinks {

    /** Where the form is. */
    public static final String FORM = "/report";

    private final Signatures signatures;
    private final String publicUrl;
    private final String desk;

    public ReportLinks(
            Signatures signatures,
            DeskProperties desk,
            @Value("${smart-accounts.activation.public-url}") String publicUrl) {
        this.signatures = signatures;
        this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
        this.desk = desk.deskUrl().strip();
    }

    /** Whether problems are reported here, and not at the company's own desk. */
    public boolean isHere() {
        return desk.isEmpty();
    }

    /** For a page that is about no request. */
    public String anywhere() {
        return isHere() ? FORM : desk;
    }

    /** For a page about a request. */
    public String about(String requestNumber) {
        return isHere() ? FORM + "/" + signatures.token(Purpose.REPORT, requestNumber) : desk;
    }

    /**
     * For an email.
     *
     * @param requestNumber empty if it is about no request
     */
    public String inEmail(Optional<String> requestNumber) {
        return isHere() ? publicUrl + requestNumber.map(this::about).orElse(FORM) : desk;
    }

    /** The number of the request that a link is about; empty if it is not genuine. */
    public Optional<String> requestOf(String token) {
        return signatures.read(Purpose.REPORT, token);
    }
}
