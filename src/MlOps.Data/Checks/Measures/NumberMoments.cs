using MlOps.Statistics;

namespace MlOps.Data.Checks.Measures;

/// <summary>Count, mean, variance, range, sum and zeros.</summary>
internal sealed class NumberMoments(string column) : NumberMeasure(column)
{
    // What the sum lost in rounding.
    private double _rest;

    public Moments Moments { get; private set; }

    public double Sum { get; private set; }

    public long Zeros { get; private set; }

    protected override void Add(ReadOnlySpan<double> numbers)
    {
        Moments = Moments.Merge(Moments.Of(numbers));
        var sum = 0.0;
        var zeros = 0;
        foreach (var number in numbers)
        {
            sum += double.IsNaN(number) ? 0 : number;
            zeros += number == 0 ? 1 : 0;
        }

        // Neumaier's summation over the batches.
        var total = Sum + sum;
        _rest += Math.Abs(Sum) >= Math.Abs(sum) ? Sum - total + sum : sum - total + Sum;
        Sum = total;
        Zeros += zeros;
    }

    /// <summary>The sum with what rounding took from it.</summary>
    public double ExactSum => double.IsFinite(_rest) ? Sum + _rest : Sum;
}
