package org.smartaccounts.web.requests;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.overview.PageEnd;
import org.smartaccounts.overview.RequestFilter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Addresses of the list and of what is made from it: what is looked at stands in them and nowhere else, so that they can be kept and sent. Its
 * methods are public for the template.
 *
 * @param filter     what is looked at
 * @param everybodys whether who looks sees all requests, and has no own ones to begin with
 */
record ListAddress(RequestFilter filter, boolean everybodys) {

    private static final String LIST = "/requests";

    public String newest() {
        return address(LIST, parameters());
    }

    public String after(PageEnd place) {
        Map<String, String> parameters = parameters();
        parameters.put("after", place.toString());
        return address(LIST, parameters);
    }

    public String export() {
        return address(LIST + "/export.csv", parameters());
    }

    /** The list of all requests of that status or with that need, of the same people. */
    public String only(String name, @Nullable String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, RequestFilter.SCOPE, scope());
        put(parameters, RequestFilter.COMPANY, filter.companyId());
        put(parameters, name, value);
        return address(LIST, parameters);
    }

    /** The same without that wish. */
    public String without(String name) {
        Map<String, String> parameters = parameters();
        parameters.remove(name);
        return address(LIST, parameters);
    }

    /** The same for the whole company. */
    public String companys() {
        Map<String, String> parameters = parameters();
        parameters.put(RequestFilter.SCOPE, RequestFilter.EVERYBODYS);
        return address(LIST, parameters);
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, RequestFilter.SCOPE, scope());
        put(parameters, RequestFilter.COMPANY, filter.companyId());
        put(parameters, RequestFilter.SEARCH, filter.search());
        put(
                parameters,
                RequestFilter.STATUS,
                filter.status() == null ? "" : filter.status().name());
        put(
                parameters,
                RequestFilter.ATTENTION,
                filter.attention() == null ? "" : filter.attention().name());
        return parameters;
    }

    /** Only where it is not the first choice. */
    private String scope() {
        return everybodys || filter.mine() ? "" : RequestFilter.EVERYBODYS;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    private static String address(String path, Map<String, String> parameters) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        parameters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(parameters).toUriString();
    }
}
