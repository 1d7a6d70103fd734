namespace MlOps.Statistics.Tests.Multivariate;

/// <summary>Seeded tables, row by row.</summary>
internal static class Tables
{
    /// <summary>
    /// Standard normal columns, the first two of the given correlation: each column alone has the same distribution whatever it is.
    /// </summary>
    public static double[] Normals(Draws draws, int rows, int columns, double correlation = 0, double shift = 0)
    {
        var values = draws.Normals(rows * columns);
        for (var i = 0; i < rows; i++)
        {
            if (columns > 1)
            {
                var own = Math.Sqrt(1 - (correlation * correlation)) * values[(i * columns) + 1];
                values[(i * columns) + 1] = (correlation * values[i * columns]) + own;
            }

            values[i * columns] += shift;
        }

        return values;
    }

    public static double[] Column(double[] values, int columns, int column) => [.. values.Where((_, i) => i % columns == column)];

    /// <summary>The share of seeded trials whose p-value is at most 0.05.</summary>
    public static double Alarms(int trials, Func<Draws, double> pValue) =>
        Enumerable.Range(0, trials).Count(trial => pValue(new Draws((ulong)(1000 + trial))) <= 0.05) / (double)trials;
}
