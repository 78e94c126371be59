package org.smartaccounts.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.smartaccounts.language.Languages;
import org.springframework.stereotype.Component;

/**
 * Puts the languages that there are into the forms, so that a file of texts is all that a new language needs: a field with the custom
 * property {@code values = languages} offers all of them.
 */
@Component
class LanguageOptions {

    private static final String VALUES = "values";
    private static final String LANGUAGES = "languages";

    private final Languages languages;
    private final ObjectMapper json;

    LanguageOptions(Languages languages, ObjectMapper json) {
        this.languages = languages;
        this.json = json;
    }

    /** The form as it is to be deployed. */
    String complete(InputStream form) throws IOException {
        JsonNode root = json.readTree(form);
        for (JsonNode field : root.path("components")) {
            if (field.path("properties").path(VALUES).asText().equals(LANGUAGES)) {
                ((ObjectNode) field).set(VALUES, options());
            }
        }
        return json.writeValueAsString(root);
    }

    private ArrayNode options() {
        ArrayNode options = json.createArrayNode();
        for (Locale language : languages.all()) {
            options.addObject()
                    .put("label", language.getDisplayLanguage(Languages.ORIGINAL))
                    .put("value", language.toLanguageTag());
        }
        return options;
    }
}
