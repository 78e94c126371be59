package org.smartaccounts.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappInitializer;
import org.camunda.bpm.spring.boot.starter.webapp.filter.LazyDelegateFilter;
import org.camunda.bpm.spring.boot.starter.webapp.filter.ResourceLoaderDependingFilter;
import org.camunda.bpm.spring.boot.starter.webapp.filter.ResourceLoadingProcessEnginesFilter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.stereotype.Component;

/**
 * Serves the pages of Tasklist, Cockpit and Admin in the place of Camunda's filter of the same name, which does two things that we cannot
 * have:
 *
 * <ul>
 *   <li>it sends everybody to a page for creating the first administrator, as long as nobody is in {@code camunda-admin}: with an identity
 *       provider nobody may ever be;
 *   <li>it takes the nonce of the page's security policy from where requests that come at the same moment put theirs, and then the browser
 *       refuses the page's scripts.
 * </ul>
 */
public class WebApplicationPages extends LazyDelegateFilter<ResourceLoaderDependingFilter> {

    private static final String NAME = "Engines Filter";

    public WebApplicationPages() {
        super(Pages.class);
    }

    /** Public, since the filter makes it by its class. */
    public static class Pages extends ResourceLoadingProcessEnginesFilter {

        private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");

        @Override
        protected boolean needsInitialUser(String engine) {
            return false;
        }

        @Override
        protected void serveIndexPage(
                String application,
                String engine,
                String applicationPath,
                String contextPath,
                HttpServletResponse response,
                ServletContext servletContext)
                throws IOException {
            Matcher nonce = NONCE.matcher(String.valueOf(response.getHeader("Content-Security-Policy")));
            String page = replacePlaceholder(
                    getWebResourceContents("/app/" + application + "/index.html"),
                    application,
                    engine,
                    applicationPath,
                    contextPath,
                    nonce.find() ? nonce.group(1) : null);
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().append(page);
        }
    }

    /** Camunda's initializer leaves out a filter that is there. Mapped after the others, which log in and set the policy. */
    @Component
    static class Registration implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof CamundaBpmWebappInitializer camunda
                    ? (ServletContextInitializer) context -> {
                        FilterRegistration pages = context.addFilter(NAME, new WebApplicationPages());
                        camunda.onStartup(context);
                        pages.addMappingForUrlPatterns(
                                EnumSet.of(DispatcherType.REQUEST), true, "/camunda/app/*", "/camunda", "/camunda/");
                    }
                    : bean;
        }
    }
}
