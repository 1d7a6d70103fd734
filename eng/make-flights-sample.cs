#:package ParquetSharp@25.0.1.2
#:property PublishAot=false
#:property ManagePackageVersionsCentrally=false
#:property TreatWarningsAsErrors=false

// Makes samples/data/flights.parquet from the full flights file (3,000,000 rows, January to June 2001):
//
//   dotnet run --file eng/make-flights-sample.cs -- PATH/TO/flights-3m.parquet samples/data/flights.parquet
//
// Keeps each row by a seeded hash of its position, so that the same rows come out on every machine and all months are
// kept in proportion, sorts them by time and writes them with ZSTD.

using ParquetSharp;

const ulong Seed = 20010101;
const long Wanted = 200_000;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: make-flights-sample.cs SOURCE.parquet TARGET.parquet");
    return 2;
}

using var source = new ParquetFileReader(args[0]);
long total = source.FileMetaData.NumRows;
ulong threshold = (ulong)(ulong.MaxValue * ((double)Wanted / total));
var rows = new List<(DateTime Date, int Delay, int Distance, string Origin, string Destination)>();
long position = 0;
for (var g = 0; g < source.FileMetaData.NumRowGroups; g++)
{
    using var group = source.RowGroup(g);
    int n = (int)group.MetaData.NumRows;
    var date = Read<DateTime?>(group, 0, n);
    var delay = Read<long?>(group, 1, n);
    var distance = Read<long?>(group, 2, n);
    var origin = Read<string>(group, 3, n);
    var destination = Read<string>(group, 4, n);
    for (var i = 0; i < n; i++, position++)
    {
        if (Mix((ulong)position + Seed) < threshold)
        {
            rows.Add((date[i]!.Value, (int)delay[i]!.Value, (int)distance[i]!.Value, origin[i], destination[i]));
        }
    }
}

rows = [.. rows.OrderBy(row => row.Date).ThenBy(row => row.Origin, StringComparer.Ordinal).ThenBy(row => row.Destination, StringComparer.Ordinal)];
Column[] columns =
[
    new Column<DateTime>("date", LogicalType.Timestamp(isAdjustedToUtc: true, TimeUnit.Millis)),
    new Column<int>("delay"), new Column<int>("distance"), new Column<string>("origin"), new Column<string>("destination"),
];
using var properties = new WriterPropertiesBuilder()
    .Compression(Compression.Zstd).CompressionLevel(19).DisableDictionary("delay").CreatedBy("make-flights-sample").Build();
using var writer = new ParquetFileWriter(args[1], columns, properties);
for (var start = 0; start < rows.Count; start += 50_000)
{
    var part = rows.Skip(start).Take(50_000).ToList();
    using var group = writer.AppendRowGroup();
    Write(group, part.Select(row => row.Date).ToArray());
    Write(group, part.Select(row => (int)row.Delay).ToArray());
    Write(group, part.Select(row => (int)row.Distance).ToArray());
    Write(group, part.Select(row => row.Origin).ToArray());
    Write(group, part.Select(row => row.Destination).ToArray());
}

writer.Close();
Console.WriteLine($"{rows.Count} of {total} rows, {new FileInfo(args[1]).Length} bytes, {rows[0].Date:u} to {rows[^1].Date:u}");
return 0;

static T[] Read<T>(RowGroupReader group, int column, int count)
{
    using var reader = group.Column(column).LogicalReader<T>();
    return reader.ReadAll(count);
}

static void Write<T>(RowGroupWriter group, T[] values)
{
    using var writer = group.NextColumn().LogicalWriter<T>();
    writer.WriteBatch(values);
}

// SplitMix64.
static ulong Mix(ulong x)
{
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}
