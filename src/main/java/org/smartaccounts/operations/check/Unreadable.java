package org.smartaccounts.operations.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/** What an XML parser says about a file that it does not understand, in words. */
final class Unreadable {

    private static final Pattern LINE = Pattern.compile("(?i)line(?:Number)?[=: ]+(\\d+)");
    private static final Pattern DUPLICATE = Pattern.compile("multiple occurrences of ID value '([^']+)'");
    private static final Pattern DANGLING = Pattern.compile("no ID/IDREF binding for IDREF '([^']+)'");
    private static final Pattern UNEXPECTED = Pattern.compile("element '(?:\\{\"[^\"]*\":)?(?:\\w+:)?(\\w+)");

    private Unreadable() {}

    static void say(Mistakes mistakes, String file, String content, ModelException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SAXParseException)) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.find()) {
            mistakes.add(file, duplicate.group(1), "two elements have this id; give the new one an id of its own");
            return;
        }
        Matcher dangling = DANGLING.matcher(message);
        if (dangling.find()) {
            mistakes.add(
                    file,
                    whoNames(dangling.group(1), content),
                    "it names %s, which does not exist; delete it, and draw it anew".formatted(dangling.group(1)));
            return;
        }
        Matcher lineInMessage = LINE.matcher(message);
        @Nullable
        String line = cause instanceof SAXParseException parse
                ? String.valueOf(parse.getLineNumber())
                : lineInMessage.find() ? lineInMessage.group(1) : null;
        mistakes.add(file, line == null ? null : "line " + line, inWords(message));
    }

    /** The element in whose tag an id is named that belongs to nobody. */
    private static @Nullable String whoNames(String id, String content) {
        Matcher tag = Pattern.compile("<[^<>]*\"%s\"[^<>]*>".formatted(Pattern.quote(id)))
                .matcher(content);
        Matcher own = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(tag.find() ? tag.group() : "");
        return own.find() ? own.group(1) : null;
    }

    private static String inWords(String message) {
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (message.contains("cvc-complex-type") && unexpected.find()) {
            return "the file has %s where none may be; undo what was changed by hand, or draw it in the Modeler"
                    .formatted(unexpected.group(1));
        }
        return "the file cannot be read (%s); undo what was changed by hand, and save it from the Modeler"
                .formatted(message.replaceFirst("^Fatal Error: URI=\\S* Line=\\d+: ", "")
                        .replaceAll("\\s+", " ")
                        .replaceFirst("\\.$", ""));
    }
}
