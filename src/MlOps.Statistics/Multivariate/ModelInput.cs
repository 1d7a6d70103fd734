namespace MlOps.Statistics;

/// <summary>What every fitted model checks before it scores.</summary>
internal static class ModelInput
{
    public static void Check(SampleMatrix rows, int columns, ReadOnlySpan<double> destination)
    {
        if (rows.Columns != columns)
        {
            throw new ArgumentException($"The model was fitted on {columns} columns and the rows have {rows.Columns}.", nameof(rows));
        }

        if (destination.Length < rows.Rows)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} values and {rows.Rows} are needed.", nameof(destination));
        }
    }
}
