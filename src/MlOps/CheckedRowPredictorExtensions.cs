using MlOps.Data;

namespace MlOps.Serving;

/// <summary>Has predictors judge their inputs by the attributes of the inputs' type.</summary>
public static class CheckedRowPredictorExtensions
{
    /// <summary>Judges each input by the rules of its type before the model sees it; warnings pass. Costs no memory for an input that is right.</summary>
    /// <typeparam name="TIn">The type of the input, with <see cref="CheckedRowAttribute"/>.</typeparam>
    /// <typeparam name="TOut">The type of the answer.</typeparam>
    /// <param name="builder">The predictor.</param>
    /// <param name="handling">What becomes of an input that breaks a rule. Default: the call fails.</param>
    public static PredictorBuilder<TIn, TOut> CheckRows<TIn, TOut>(
        this PredictorBuilder<TIn, TOut> builder, InvalidInputHandling handling = InvalidInputHandling.Refuse)
        where TIn : ICheckedRow<TIn>
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.CheckInput(
            static input =>
            {
                var violations = TIn.Validate(input);
                return violations.Passed ? null : violations.ToString();
            },
            handling);
    }
}
