package org.smartaccounts.security;

import java.util.Map;
import java.util.Set;
import org.smartaccounts.process.ProcessVocabulary;
import org.springframework.stereotype.Component;

/** What the diagram of the check may name. */
@Component
public class SecurityCheckVocabulary implements ProcessVocabulary {

    /** The process, and the name of its file. */
    static final String PROCESS = "accountSecurityCheck";

    /** The id of the run in the database. */
    static final String RUN = "securityCheckRun";
    /** Whether it has begun; it has not if another is under way. */
    static final String BEGUN = "securityCheckBegun";
    /** Whether there is more to do of what was just done. */
    static final String MORE = "securityCheckMore";

    static final String YES = "yes";
    static final String NO = "no";

    @Override
    public String process() {
        return PROCESS;
    }

    @Override
    public Set<String> variables() {
        return Set.of(RUN, BEGUN, MORE);
    }

    @Override
    public Map<String, Set<String>> values() {
        return Map.of(BEGUN, Set.of(YES, NO), MORE, Set.of(YES, NO));
    }

    @Override
    public Set<String> immediateDelegates() {
        return Set.of("beginCheckDelegate");
    }
}
