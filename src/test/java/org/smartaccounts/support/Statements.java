package org.smartaccounts.support;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.NoOpQueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What the database is asked while one page is made: every statement from the first filter to the last, those of the login and the session
 * too, and none of anybody else who is busy at the same time.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Statements {

    private static final String HEADER = "X-Count-Statements";
    private static final long PATIENCE_SECONDS = 30;

    /** Of the request that this thread answers. */
    private static final ThreadLocal<@Nullable List<String>> ASKED = new ThreadLocal<>();

    private static final Map<String, CompletableFuture<List<String>>> WANTED = new ConcurrentHashMap<>();

    private Statements() {}

    /** The statements, in their order, that a page costs when this visitor gets it. */
    public static List<String> of(Visitor visitor, String path) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<List<String>> asked = new CompletableFuture<>();
        WANTED.put(id, asked);
        int status = visitor.send(HttpRequest.newBuilder(visitor.at(path)).header(HEADER, id))
                .statusCode();
        if (status != 200) {
            throw new AssertionError("%s answers with %d".formatted(path, status));
        }
        // The page is there before the last filter has done its work.
        return asked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The statements, in their order, that something costs which this thread does. */
    public static List<String> of(Runnable act) {
        List<String> asked = new CopyOnWriteArrayList<>();
        ASKED.set(asked);
        try {
            act.run();
        } finally {
            ASKED.remove();
        }
        return asked;
    }

    @Bean
    static BeanPostProcessor listener() {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source
                        ? ProxyDataSourceBuilder.create(source)
                                .listener(new Listener())
                                .build()
                        : bean;
            }
        };
    }

    @Bean
    static FilterRegistrationBean<Counted> counted() {
        FilterRegistrationBean<Counted> filter = new FilterRegistrationBean<>(new Counted());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    private static final class Listener extends NoOpQueryExecutionListener {

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            @Nullable List<String> asked = ASKED.get();
            if (asked != null) {
                queries.forEach(query -> asked.add(query.getQuery()));
            }
        }
    }

    private static final class Counted extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getHeader(HEADER) == null;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            List<String> asked = new CopyOnWriteArrayList<>();
            ASKED.set(asked);
            try {
                chain.doFilter(request, response);
            } finally {
                ASKED.remove();
                Objects.requireNonNull(WANTED.remove(request.getHeader(HEADER))).complete(asked);
            }
        }
    }
}
