package dev.rotor.driver.model.search;

import java.time.Instant;

/** Searches dates in a range that is still to be given. */
public sealed interface DateRangeSearchOperatorBase permits SearchElement {
    /**
     * Finds values above a bound.
     *
     * @param l the bound
     * @return the operator
     */
    SearchOperator gt(Instant l);

    /**
     * Finds values below a bound.
     *
     * @param u the bound
     * @return the operator
     */
    SearchOperator lt(Instant u);

    /**
     * Finds values at or above a bound.
     *
     * @param l the bound
     * @return the operator
     */
    SearchOperator gte(Instant l);

    /**
     * Finds values at or below a bound.
     *
     * @param u the bound
     * @return the operator
     */
    SearchOperator lte(Instant u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, not included
     * @param u the upper bound, not included
     * @return the operator
     */
    SearchOperator gtLt(Instant l, Instant u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, included
     * @param u the upper bound, included
     * @return the operator
     */
    SearchOperator gteLte(Instant l, Instant u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, not included
     * @param u the upper bound, included
     * @return the operator
     */
    SearchOperator gtLte(Instant l, Instant u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, included
     * @param u the upper bound, not included
     * @return the operator
     */
    SearchOperator gteLt(Instant l, Instant u);
}
