package org.smartaccounts.operations.check;

import java.util.regex.Pattern;
import org.smartaccounts.account.DomainName;
import org.smartaccounts.process.DiagramVocabulary;

/** The lists beside the decision table: one entry a line, and each is what the list is about. */
final class ListRules {

    static final String SUFFIX = ".txt";

    private static final Pattern MAILBOX = Pattern.compile("[a-zA-Z0-9._+-]+@?");

    private final DiagramVocabulary vocabulary;
    private final Mistakes mistakes;

    ListRules(DiagramVocabulary vocabulary, Mistakes mistakes) {
        this.vocabulary = vocabulary;
        this.mistakes = mistakes;
    }

    void check(String file, String content) {
        if (!vocabulary.lists().contains(file)) {
            mistakes.add(file, null, "nobody reads this list; " + Nearest.suggest(file, vocabulary.lists()));
            return;
        }
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            String entry = line.replaceFirst("#.*", "").strip();
            if (!entry.isEmpty()) {
                checkEntry(file, number, entry);
            }
        }
    }

    private void checkEntry(String file, int line, String entry) {
        boolean mailboxes = file.startsWith("sharedMailboxes");
        boolean right = mailboxes
                ? MAILBOX.matcher(entry).matches()
                : DomainName.parse(entry).isPresent();
        if (!right) {
            mistakes.add(
                    file,
                    "line " + line,
                    mailboxes
                            ? "'%s' is no mailbox; write what stands before the @, such as info".formatted(entry)
                            : "'%s' is no domain; write one a line, such as gmail.com".formatted(entry));
        }
    }
}
