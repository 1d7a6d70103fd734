using System.Globalization;
using MlOps.Data.Columns;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Operations;

/// <summary>Splits each value of a column by itself: counted first, then drawn without replacement row by row.</summary>
internal static class Strata
{
    private const int MostValues = 1_000_000;

    public static async ValueTask<Action<RowBatch, List<int>>> StartAsync(
        Dataset dataset, string column, Shares shares, int part, int seed, CancellationToken cancellationToken)
    {
        var schema = await dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var keys = KeyBytes.Of(dataset, schema, [column]);
        var values = new KeyTable();
        List<long> counts = [];
        await foreach (var batch in dataset.ReadPlainAsync(new DatasetReadOptions { Columns = [column] }, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                keys.Start(batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    var value = values.Add(keys[i], out var isNew);
                    if (isNew)
                    {
                        RequireFew(values, dataset, column);
                        counts.Add(0);
                    }

                    counts[value]++;
                }
            }
        }

        var rounding = new SeededHash(seed, 5);
        var drawing = new SeededHash(seed, 6);
        var left = counts.Select((count, value) => shares.Divide(count, rounding.Of(values[value]))).ToArray();
        var leftOfAll = counts.ToArray();
        return (batch, rows) =>
        {
            keys.Start(batch.Batch);
            for (var i = 0; i < batch.Length; i++)
            {
                var value = values.Find(keys[i]);
                if (value < 0 || leftOfAll[value] == 0)
                {
                    throw new InvalidOperationException(
                        $"The data set '{dataset.Name}' gave other rows when it was read again: a stratified split counts them first, so hold a source that changes with ToMemoryAsync.");
                }

                // Every order in which the rows of a value can go to the parts is equally likely.
                var draw = (long)Math.BigMul(drawing.At(batch.Position + i), (ulong)leftOfAll[value], out _);
                var to = 0;
                while (draw >= left[value][to])
                {
                    draw -= left[value][to++];
                }

                left[value][to]--;
                leftOfAll[value]--;
                if (to == part)
                {
                    rows.Add(i);
                }
            }
        };
    }

    private static void RequireFew(KeyTable values, Dataset dataset, string column)
    {
        if (values.Count > MostValues)
        {
            throw new MlOpsException(
                ErrorCodes.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The column '{column}' of '{dataset.Name}' has more than {MostValues:N0} distinct values, which are no classes to stratify by: ")
                    + "use Split, or SplitByGroup to keep equal values together.");
        }
    }
}
