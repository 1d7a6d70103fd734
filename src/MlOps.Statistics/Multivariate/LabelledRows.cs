namespace MlOps.Statistics;

/// <summary>What every learner of rows checks first.</summary>
internal static class LabelledRows
{
    public static void Check(SampleMatrix rows, ReadOnlySpan<bool> labels)
    {
        if (rows.Rows != labels.Length || rows.Rows == 0)
        {
            throw new ArgumentException(
                $"There are {rows.Rows} rows and {labels.Length} labels; give at least one row, and one label per row.", nameof(labels));
        }
    }
}
