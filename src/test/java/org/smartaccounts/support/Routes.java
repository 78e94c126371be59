package org.smartaccounts.support;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.servlet.ServletProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Everything that Camunda's web applications offer below {@code /camunda/api}, found as Jersey finds it: the applications of the servlets,
 * their resources and those of their plugins, and what their locators lead to. Jersey itself adds {@code HEAD} to every {@code GET}, and
 * {@code OPTIONS} and a description in WADL to everything; these are not in the list.
 */
public final class Routes {

    /** A request that is answered; parameters of the path are in braces, and {@code {*rest}} takes slashes too. */
    public record Route(String method, String path) implements Comparable<Route> {

        private static final Comparator<Route> ORDER =
                Comparator.comparing(Route::path).thenComparing(Route::method);

        @Override
        public int compareTo(Route other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final SortedSet<Route> found = new TreeSet<>();
    /** From the servlet to where we are: a locator that leads to itself would have no end. */
    private final Deque<Class<?>> way = new ArrayDeque<>();

    private Routes() {}

    /** All of them, sorted by path. */
    public static List<Route> of(ServletContext context) {
        Routes routes = new Routes();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            String application = servlet.getInitParameter(ServletProperties.JAXRS_APPLICATION_CLASS);
            if (application != null) {
                for (String mapping : servlet.getMappings()) {
                    routes.addApplication(mapping, application);
                }
            }
        }
        return List.copyOf(routes.found);
    }

    private void addApplication(String mapping, String name) {
        if (!mapping.endsWith("/*")) {
            throw new IllegalStateException("Not a folder: " + mapping);
        }
        String folder = mapping.substring(0, mapping.length() - "/*".length());
        for (Class<?> type : application(name).getClasses()) {
            Resource resource = Resource.from(type);
            // The others are providers.
            if (resource != null && resource.getPath() != null) {
                add(join(folder, resource.getPath()), type, resource);
            }
        }
    }

    private static Application application(String name) {
        try {
            return ClassUtils.forName(name, null)
                    .asSubclass(Application.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void add(String path, Class<?> type, Resource resource) {
        if (way.contains(type)) {
            throw new IllegalStateException("%s leads to itself: %s".formatted(type, way));
        }
        way.push(type);
        add(path, resource);
        way.pop();
    }

    private void add(String path, Resource resource) {
        for (ResourceMethod method : resource.getResourceMethods()) {
            found.add(new Route(method.getHttpMethod(), path));
        }
        ResourceMethod locator = resource.getResourceLocator();
        if (locator != null) {
            Class<?> target = locator.getInvocable().getRawResponseType();
            Resource beyond = Resource.from(target);
            if (beyond == null) {
                throw new IllegalStateException("Nobody knows what is beyond " + locator.getInvocable());
            }
            // Some of them have a path of their own, which counts only for who begins with them.
            add(path, target, beyond);
        }
        for (Resource child : resource.getChildResources()) {
            add(join(path, child.getPath()), child);
        }
    }

    private static String join(String folder, @Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return folder;
        }
        String normalised = path.replaceAll("\\{\\s*(\\w+)\\s*:\\s*\\.[*+]\\s*}", "{*$1}")
                .replaceAll("\\{\\s*(\\w+)\\s*(:[^{}]*)?}", "{$1}");
        return (folder + "/" + normalised).replaceAll("/+", "/").replaceAll("/$", "");
    }
}
