using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;

namespace MlOps.Abstractions.Tests.Data;

public sealed class DatasetTests
{
    private static readonly Schema Flights = new(
        [new Field("distance", DoubleType.Default, false), new Field("origin", StringType.Default, false), new Field("delay", DoubleType.Default, true)],
        null);

    [Fact]
    public void A_known_column_is_found_with_its_type() =>
        Assert.IsType<StringType>(new Dataset("flights", new Source()).RequireColumn(Flights, "origin").DataType);

    [Theory]
    [InlineData("distence", "The data set 'flights' has no column 'distence'. Did you mean 'distance'? Its columns are: distance, origin, delay.")]
    [InlineData("Delay", "The data set 'flights' has no column 'Delay'. Did you mean 'delay'? Its columns are: distance, origin, delay.")]
    [InlineData("temperature", "The data set 'flights' has no column 'temperature'. Its columns are: distance, origin, delay.")]
    public void An_unknown_column_is_refused_with_the_nearest_name_and_all_columns(string column, string message)
    {
        var error = Assert.Throws<MlOpsException>(() => new Dataset("flights", new Source()).RequireColumn(Flights, column));

        Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task Reading_an_unknown_column_fails_before_the_source_is_read()
    {
        var source = new Source();
        var flights = new Dataset("flights", source);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => ReadAsync(flights, new DatasetReadOptions { Columns = ["origin", "dely"] }));

        Assert.Equal(ErrorCodes.ColumnNotFound, error.Code);
        Assert.Contains("'delay'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Reads);
    }

    [Fact]
    public async Task Impossible_ranges_are_refused_before_the_source_is_read()
    {
        var source = new Source();
        var flights = new Dataset("flights", source);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(flights, new DatasetReadOptions { Offset = -1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(flights, new DatasetReadOptions { BatchSize = 0 }));
        Assert.Equal(0, source.Reads);
    }

    [Fact]
    public async Task A_data_set_reads_its_source_anew_each_time_and_passes_the_options_on()
    {
        var source = new Source();
        var flights = new Dataset("flights", source);
        var options = new DatasetReadOptions { Columns = ["delay"], Offset = 2, Limit = 3 };
        await ReadAsync(flights, null);
        Assert.Same(DatasetReadOptions.All, source.Options);
        await ReadAsync(flights.WithName("others"), options);

        Assert.Same(options, source.Options);
        Assert.Equal(2, source.Reads);
        Assert.Equal("others", flights.WithName("others").ToString());
        Assert.Equal("flights", flights.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_data_set_has_a_name(string name) => Assert.Throws<ArgumentException>(() => new Dataset(name, new Source()));

    private static async Task ReadAsync(Dataset dataset, DatasetReadOptions? options)
    {
        await foreach (var batch in dataset.ReadAsync(options, TestContext.Current.CancellationToken))
        {
            batch.Dispose();
        }
    }

    private sealed class Source : IDatasetSource
    {
        public int Reads { get; private set; }

        public DatasetReadOptions? Options { get; private set; }

        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(Flights);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Reads++;
            Options = options;
            await Task.Yield();
            yield break;
        }
    }
}
