using System.Globalization;
using BenchmarkDotNet.Attributes;
using MlOps.Features;

namespace MlOps.Benchmarks;

/// <summary>Lookups and pushes of an online store that holds a week of 300 entities, ten rows a day each.</summary>
[MemoryDiagnoser]
public class OnlineStoreBenchmarks : IDisposable
{
    private const int Entities = 300;
    private const string View = "route_arrivals";

    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _week = TimeSpan.FromDays(7);

    private TemporaryStores _stores = null!;
    private IOnlineStore _store = null!;
    private OnlineLookup[] _two = null!;
    private OnlineLookup[] _hundred = null!;
    private DateTimeOffset _now;

    [ParamsSource(nameof(Databases))]
    public string Database { get; set; } = TemporaryStores.Sqlite;

    public static IEnumerable<string> Databases => TemporaryStores.Databases;

    [GlobalSetup]
    public void Open()
    {
        _stores = new TemporaryStores(Database);
        _store = _stores.Store<IOnlineStore>();
        _now = _start + _week;
        for (var day = 0; day < 7; day++)
        {
            Write(Enumerable.Range(0, Entities * 10).Select(i => Row(i % Entities, _start.AddDays(day).AddMinutes(i / Entities * 144))));
        }

        _two = [.. Enumerable.Range(7, 2).Select(Lookup)];
        _hundred = [.. Enumerable.Range(0, 100).Select(Lookup)];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _stores.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "two lookups of a day")]
    public int TwoLookups() => Read(_two);

    [Benchmark(Description = "100 lookups of a day in one call", OperationsPerInvoke = 100)]
    public int HundredLookups() => Read(_hundred);

    [Benchmark(Description = "push of 100 rows, a row", OperationsPerInvoke = 100)]
    public void Push()
    {
        _now = _now.AddMinutes(60);
        Write(Enumerable.Range(0, 100).Select(i => Row(i * 3 % Entities, _now.AddSeconds(i))));
    }

    private static string Key(int entity) => string.Create(CultureInfo.InvariantCulture, $"4:sA{entity:000}4:sB{entity:000}");

    private static OnlineRow Row(int entity, DateTimeOffset at) =>
        new(Key(entity), at, at.Ticks.ToString(CultureInfo.InvariantCulture), [true, at]);

    private OnlineLookup Lookup(int entity) => new(View, Key(entity), _now.AddHours(-24), _now, LatestOnly: false);

    private int Read(OnlineLookup[] lookups) => _store.ReadAsync(lookups).AsTask().GetAwaiter().GetResult().Count;

    private void Write(IEnumerable<OnlineRow> rows) =>
        _store.WriteAsync([new OnlineWrite { View = View, Rows = [.. rows], Retention = _week }]).AsTask().GetAwaiter().GetResult();
}
