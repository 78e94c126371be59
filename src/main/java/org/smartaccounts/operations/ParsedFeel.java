package org.smartaccounts.operations;

import camundajar.impl.scala.util.Either;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.valuemapper.ValueMapper.CompositeValueMapper;

/**
 * Reads each cell of a decision table once. By itself Camunda's FEEL engine parses all cells anew for each request that is judged, which
 * takes longer than all the rest, and a file of many requests has thousands.
 */
class ParsedFeel extends ScalaFeelEngineFactory {

    /** Far more cells than our tables have; what is not used goes first. */
    private static final int MOST_CELLS = 2_000;

    @Override
    public org.camunda.bpm.dmn.feel.impl.FeelEngine createInstance() {
        return new ScalaFeelEngine(getCustomFunctionProviders()) {
            @Override
            protected FeelEngine buildFeelEngine(CustomFunctionTransformer functions, CompositeValueMapper values) {
                return new ReadOnce(functions, values);
            }
        };
    }

    /** Otherwise as Camunda sets it up: without functions of Java. What is deprecated here, Camunda calls. */
    @SuppressWarnings("deprecation")
    private static final class ReadOnce extends FeelEngine {

        private final LoadingCache<String, Either<Failure, ParsedExpression>> conditions =
                Caffeine.newBuilder().maximumSize(MOST_CELLS).build(super::parseUnaryTests);
        private final LoadingCache<String, Either<Failure, ParsedExpression>> expressions =
                Caffeine.newBuilder().maximumSize(MOST_CELLS).build(super::parseExpression);

        ReadOnce(CustomFunctionTransformer functions, CompositeValueMapper values) {
            super(functions, values, new Configuration(false), defaultClock());
        }

        @Override
        public Either<Failure, ParsedExpression> parseUnaryTests(String condition) {
            return conditions.get(condition);
        }

        @Override
        public Either<Failure, ParsedExpression> parseExpression(String expression) {
            return expressions.get(expression);
        }
    }
}
