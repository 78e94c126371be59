package org.smartaccounts.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;

/** What a partner types into the start form: a good request for a customer nobody else has, until a test changes a field. */
public final class RequestForm {

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final String domain;

    private RequestForm(String domain) {
        this.domain = domain;
        with("accountName", "Customer at " + domain);
        with("customerEmail", "anna@" + domain);
        with("accountDomain", domain);
        with("noteToCustomer", "As agreed on the telephone.");
        with("userEmails", "bruno@%1$s\ncarla@%1$s".formatted(domain));
        with("noteToUsers", "Welcome aboard.");
    }

    /** For a new customer. */
    public static RequestForm forNewCustomer() {
        return new RequestForm("customer-%d.example".formatted(CUSTOMERS.incrementAndGet()));
    }

    public RequestForm with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public RequestForm without(String field) {
        fields.remove(field);
        return this;
    }

    /** The customer's domain, which is this customer's alone. */
    public String domain() {
        return domain;
    }

    public String approver() {
        return "anna@" + domain;
    }

    public VariableMap fields() {
        return Variables.fromMap(fields);
    }
}
