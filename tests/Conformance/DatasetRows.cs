using Apache.Arrow;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Conformance;

/// <summary>What every data set promises, whatever it is made of.</summary>
public static class DatasetRows
{
    /// <summary>All cells as text, a row each; missing is null.</summary>
    public static async Task<List<string?[]>> ReadAsync(Dataset dataset, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.All;
        List<string?[]> rows = [];
        await foreach (var batch in dataset.ReadPlainAsync(options, cancellationToken))
        {
            using (batch)
            {
                Assert.InRange(batch.Length, 1, options.BatchSize);
                if (options.Columns is { } wanted)
                {
                    Assert.Equal(wanted, batch.Schema.FieldsList.Select(field => field.Name));
                }

                var columns = batch.Schema.FieldsList.Select((field, i) => Texts(batch.Column(i), field.Name)).ToArray();
                rows.AddRange(Enumerable.Range(0, batch.Length).Select(row => columns.Select(column => column[row]).ToArray()));
            }
        }

        return rows;
    }

    /// <summary>Fails where two data sets have other names, types or cells.</summary>
    public static async Task AssertEqualAsync(Dataset expected, Dataset actual, CancellationToken cancellationToken = default)
    {
        var (left, right) = (await expected.GetPlainSchemaAsync(cancellationToken), await actual.GetPlainSchemaAsync(cancellationToken));
        Assert.Equal(left.FieldsList.Select(Describe), right.FieldsList.Select(Describe));
        AssertEqual(await ReadAsync(expected, null, cancellationToken), await ReadAsync(actual, null, cancellationToken));
    }

    /// <summary>Fails where a read of some columns, of a range or in other batches gives other cells than a read of everything does.</summary>
    public static async Task AssertReadableInPartsAsync(Dataset dataset, int seed, CancellationToken cancellationToken = default)
    {
        var names = (await dataset.GetSchemaAsync(cancellationToken)).FieldsList.Select(field => field.Name).ToArray();
        var whole = await ReadAsync(dataset, null, cancellationToken);
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            int[] wanted = [.. Enumerable.Range(0, names.Length).OrderBy(_ => random.Next()).Take(random.Next(1, names.Length + 1))];
            var offset = random.Next(whole.Count + 3);
            int? limit = random.Next(3) == 0 ? null : random.Next(whole.Count + 3);
            var options = new DatasetReadOptions { Columns = [.. wanted.Select(column => names[column])], Offset = offset, Limit = limit, BatchSize = random.Next(1, 30) };
            var expected = whole.Skip(offset).Take(limit ?? int.MaxValue).Select(row => wanted.Select(column => row[column]).ToArray()).ToList();
            AssertEqual(expected, await ReadAsync(dataset, options, cancellationToken));
        }
    }

    /// <summary>Fails where rows differ, and says where.</summary>
    public static void AssertEqual(IReadOnlyList<string?[]> expected, IReadOnlyList<string?[]> actual)
    {
        for (var row = 0; row < Math.Min(expected.Count, actual.Count); row++)
        {
            Assert.True(expected[row].SequenceEqual(actual[row]), $"Row {row}: expected [{string.Join('|', expected[row])}], was [{string.Join('|', actual[row])}].");
        }

        Assert.Equal(expected.Count, actual.Count);
    }

    private static string Describe(Field field) => $"{field.Name}: {field.DataType switch
    {
        Apache.Arrow.Types.TimestampType time => $"timestamp {time.Unit} {(string.IsNullOrEmpty(time.Timezone) ? "without zone" : "with zone")}",
        Apache.Arrow.Types.Decimal128Type number => $"decimal {number.Precision} {number.Scale}",
        _ => field.DataType.Name,
    }}";

    private static string?[] Texts(IArrowArray array, string column)
    {
        var texts = new string?[array.Length];
        new ColumnReader(array, column).ReadTexts(texts);
        return texts;
    }
}
