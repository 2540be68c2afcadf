package dev.rotor.driver.model.search;

/** Searches numbers in a range that is still to be given. */
public sealed interface NumberRangeSearchOperatorBase permits SearchElement {
    /**
     * Finds values above a bound.
     *
     * @param l the bound
     * @return the operator
     */
    SearchOperator gt(Number l);

    /**
     * Finds values below a bound.
     *
     * @param u the bound
     * @return the operator
     */
    SearchOperator lt(Number u);

    /**
     * Finds values at or above a bound.
     *
     * @param l the bound
     * @return the operator
     */
    SearchOperator gte(Number l);

    /**
     * Finds values at or below a bound.
     *
     * @param u the bound
     * @return the operator
     */
    SearchOperator lte(Number u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, not included
     * @param u the upper bound, not included
     * @return the operator
     */
    SearchOperator gtLt(Number l, Number u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, included
     * @param u the upper bound, included
     * @return the operator
     */
    SearchOperator gteLte(Number l, Number u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, not included
     * @param u the upper bound, included
     * @return the operator
     */
    SearchOperator gtLte(Number l, Number u);

    /**
     * Finds values between two bounds.
     *
     * @param l the lower bound, included
     * @param u the upper bound, not included
     * @return the operator
     */
    SearchOperator gteLt(Number l, Number u);
}
