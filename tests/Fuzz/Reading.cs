using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.Fuzz;

/// <summary>Looks at every cell of a data set.</summary>
internal static class Reading
{
    public static async Task ReadAsync(Dataset dataset, Random random)
    {
        var options = random.Next(4) == 0
            ? new DatasetReadOptions { Offset = random.Next(5), Limit = random.Next(5), BatchSize = random.Next(1, 4) }
            : DatasetReadOptions.All;
        await foreach (var batch in dataset.ReadPlainAsync(options))
        {
            using (batch)
            {
                for (var i = 0; i < batch.ColumnCount; i++)
                {
                    var reader = new ColumnReader(batch.Column(i), batch.Schema.GetFieldByIndex(i).Name, dataset.Name);
                    if (reader.Kind is ColumnKind.Number or ColumnKind.Boolean)
                    {
                        reader.ReadNumbers(new double[reader.Length]);
                    }

                    reader.ReadTexts(new string?[reader.Length]);
                }
            }
        }
    }

    /// <summary>For readers that take a path: a file a thread, in memory where the system has such a folder.</summary>
    public static async Task FromFileAsync(byte[] input, Func<string, Task> read)
    {
        var path = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"mlops-fuzz-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.json");
        await File.WriteAllBytesAsync(path, input);
        try
        {
            await read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static Func<CancellationToken, Task<Stream>> Opener(byte[] input) => _ => Task.FromResult<Stream>(new MemoryStream(input, writable: false));
}
