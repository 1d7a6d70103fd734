using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MlOps.LocalFiles;
using MlOps.Monitoring;
using MlOps.Onnx;
using MlOps.Serving;
using MlOps.Sqlite;
using MlOps.Tracking;

namespace MlOps.Tests;

public sealed class OptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-options-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Each option, a value that it may have and one that it may not; every annotated option must stand here.
    public static TheoryData<string, string, string, string> Values => new()
    {
        { "MlOps", "WorkspacePath", "elsewhere", "" },
        { "MlOps:Sqlite", "DatabasePath", "other.db", " " },
        { "MlOps:Sqlite", "BusyTimeout", "00:00:05", "-00:00:01" },
        { "MlOps:LocalFiles", "Folder", "other", " " },
        { "MlOps:Onnx", "IntraOpThreads", "3", "-1" },
        { "MlOps:Onnx", "InterOpThreads", "3", "-1" },
        { "MlOps:Serving", "RefreshInterval", "00:01:00", "00:00:00" },
        { "MlOps:Serving", "MaxBatchSize", "7", "0" },
        { "MlOps:Serving", "MaxLanes", "7", "0" },
        { "MlOps:Tracking", "FlushInterval", "00:00:01", "00:00:00" },
        { "MlOps:Tracking", "BufferCapacity", "1000", "15" },
        { "MlOps:Tracking", "HeartbeatInterval", "00:00:10", "00:00:00" },
        { "MlOps:Tracking", "LostAfter", "00:01:00", "00:00:07" },
        { "MlOps:Tracking", "RetryFor", "00:00:00", "-00:00:01" },
        { "MlOps:Tracking", "MaximumDiffBytes", "0", "-1" },
        { "MlOps:Tracking", "ExitTimeout", "00:00:01", "-00:00:01" },
        { "MlOps:Tracking", "MaximumParameterLength", "50", "0" },
        { "MlOps:Tracking", "MaximumTagLength", "50", "0" },
        { "MlOps:Tracking", "SystemMetricsInterval", "00:00:01", "00:00:00" },
        { "MlOps:Tracking", "MaximumConsoleCharacters", "2000", "1" },
        { "MlOps:Tracking", "WebhookTimeout", "00:00:01", "00:00:00" },
        { "MlOps:Tracking", "WebhookAttempts", "2", "0" },
        { "MlOps:Monitoring", "Capacity", "50", "0" },
        { "MlOps:Monitoring", "BatchSize", "50", "0" },
        { "MlOps:Monitoring", "FlushInterval", "00:00:01", "00:00:00" },
        { "MlOps:Monitors:credit", "Window", "01:00:00", "00:00:00" },
        { "MlOps:Monitors:credit", "OutcomeDelay", "01:00:00", "-01:00:00" },
        { "MlOps:Monitors:credit", "CoolDown", "01:00:00", "-01:00:00" },
        { "MlOps:Monitors:credit", "Task", "Regression", "7" },
        { "MlOps:Monitors:credit", "Drift:Alpha", "0.01", "0" },
        { "MlOps:Monitors:credit", "DriftRule:MinimumColumns", "3", "0" },
        { "MlOps:Monitors:credit", "PerformanceRule:Metric", "brier", "auc" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Values))]
    public async Task An_option_comes_from_its_section(string section, string option, string allowed, string refused)
    {
        Assert.NotEqual(allowed, refused);
        await using var provider = Provider((section + ":" + option, allowed));

        object? value = OptionsOf(provider, section);
        foreach (var part in option.Split(':'))
        {
            value = value!.GetType().GetProperty(part)!.GetValue(value);
        }

        Assert.Equal(allowed, Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_host_does_not_start_with_a_value_that_is_not_allowed(string section, string option, string allowed, string refused)
    {
        Assert.NotEqual(allowed, refused);
        using var host = Host((section + ":" + option, refused));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.All(option.Split(':'), part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.Contains(string.IsNullOrWhiteSpace(refused) ? "empty" : $"{refused}", error.Message, StringComparison.Ordinal);
        Assert.Matches("; (give|for Binary.* choose|choose) ", error.Message);
    }

    private static bool MayBeAny(Type type) => type == typeof(bool) || type == typeof(Uri) || type == typeof(IList<string>);

    [Fact]
    public void Every_option_that_is_checked_stands_in_the_table()
    {
        var tested = Values.Select(row => (string)row.Data.Item1 + ":" + row.Data.Item2).ToHashSet(StringComparer.Ordinal);
        Type[] types =
        [
            typeof(MlOpsOptions), typeof(SqliteOptions), typeof(LocalFilesOptions), typeof(OnnxOptions), typeof(ServingOptions),
            typeof(TrackingOptions), typeof(MonitorBufferOptions),
        ];
        Assert.Empty(
            from type in types
            from property in type.GetProperties()
            let key = $"{type.GetField("SectionName")!.GetValue(null)}:{property.Name}"
            where !tested.Contains(key) && !MayBeAny(property.PropertyType)
            select key);
    }

    [Fact]
    public async Task Code_has_the_last_word_over_configuration_and_configuration_over_defaults()
    {
        var services = new ServiceCollection();
        services.AddSingleton(Configuration(
            ("MlOps:Tracking:BufferCapacity", "100"), ("MlOps:Tracking:MaximumDiffBytes", "100"), ("MlOps:Serving:MaxLanes", "100")));
        services.Configure<ServingOptions>(options => options.MaxLanes = 2);
        services.AddMlOps(mlops => mlops.AddTracking(options => options.BufferCapacity = 1000), _folder.FullName);
        services.AddMlOps(workspacePath: _folder.FullName);
        await using var provider = services.BuildServiceProvider();

        var tracking = provider.GetRequiredService<IOptions<TrackingOptions>>().Value;

        Assert.Equal((1000, 100), (tracking.BufferCapacity, tracking.MaximumDiffBytes));
        Assert.Equal(TimeSpan.FromSeconds(5), tracking.HeartbeatInterval);
        Assert.Equal(2, provider.GetRequiredService<IOptions<ServingOptions>>().Value.MaxLanes);
    }

    [Fact]
    public async Task A_store_that_the_callback_places_stays_where_it_was_placed()
    {
        var database = Path.Combine(_folder.FullName, "elsewhere.db");
        await using var workspace = Workspace.Open(_folder.FullName, mlops => mlops.UseSqlite(database));

        await workspace.Tracking.SearchRunsAsync(cancellationToken: Token);

        Assert.True(File.Exists(database));
        Assert.False(File.Exists(workspace.Folder.DatabasePath));
    }

    [Fact]
    public async Task The_workspace_lies_where_the_configuration_says()
    {
        await using var provider = Provider(("MlOps:WorkspacePath", Path.Combine(_folder.FullName, "configured")));

        var expected = Path.Combine(_folder.FullName, "configured", WorkspaceFolder.FolderName);
        Assert.Equal(expected, provider.GetRequiredService<WorkspaceFolder>().Path);
        Assert.Equal(expected, provider.GetRequiredService<IOptions<LocalFilesOptions>>().Value.Folder);
        Assert.Equal(Path.Combine(expected, "mlops.db"), provider.GetRequiredService<IOptions<SqliteOptions>>().Value.DatabasePath);
    }

    [Fact]
    public async Task Without_a_configuration_the_defaults_hold()
    {
        var services = new ServiceCollection();
        services.AddMlOps(mlops => mlops.AddMonitor("credit"), _folder.FullName);
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        Assert.Null(provider.GetService<IConfiguration>());
        Assert.Equal(65_536, provider.GetRequiredService<IOptions<TrackingOptions>>().Value.BufferCapacity);
    }

    [Fact]
    public void A_workspace_does_not_open_with_a_value_that_is_not_allowed()
    {
        var error = Assert.Throws<MlOpsException>(() => Workspace.Open(
            _folder.FullName, mlops => mlops.AddTracking(options => options.BufferCapacity = 3).ConfigureServing(options => options.MaxLanes = 0)));

        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains("TrackingOptions.BufferCapacity is 3; give at least 16.", error.Message, StringComparison.Ordinal);
        Assert.Contains("ServingOptions.MaxLanes is 0; give at least 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_type_is_refused_with_its_place()
    {
        using var host = Host(("MlOps:Tracking:BufferCapacity", "many"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Contains("MlOps:Tracking:BufferCapacity", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_the_SDK_twice_registers_nothing_twice_that_answers()
    {
        var once = new ServiceCollection();
        once.AddMlOps(workspacePath: _folder.FullName);
        var twice = new ServiceCollection();
        twice.AddMlOps(workspacePath: _folder.FullName);
        twice.AddMlOps(workspacePath: _folder.FullName);

        // Callbacks of the platform (validation at start, the path) repeat and set the same again; those that bind are counted as themselves.
        static IEnumerable<string> Answering(ServiceCollection services) => services
            .Where(service => !service.ServiceType.FullName!.StartsWith("Microsoft.Extensions.Options.IConfigureOptions", StringComparison.Ordinal))
            .Select(service => service.ToString());

        Assert.Equal(Answering(once), Answering(twice));
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(Pairs(values))
        .Build();

    private static IEnumerable<KeyValuePair<string, string?>> Pairs((string Key, string Value)[] values) =>
        values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));

    private static object OptionsOf(IServiceProvider provider, string section) => section switch
    {
        MlOpsOptions.SectionName => provider.GetRequiredService<IOptions<MlOpsOptions>>().Value,
        SqliteOptions.SectionName => provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
        LocalFilesOptions.SectionName => provider.GetRequiredService<IOptions<LocalFilesOptions>>().Value,
        OnnxOptions.SectionName => provider.GetRequiredService<IOptions<OnnxOptions>>().Value,
        ServingOptions.SectionName => provider.GetRequiredService<IOptions<ServingOptions>>().Value,
        TrackingOptions.SectionName => provider.GetRequiredService<IOptions<TrackingOptions>>().Value,
        MonitorBufferOptions.SectionName => provider.GetRequiredService<IOptions<MonitorBufferOptions>>().Value,
        _ => provider.GetRequiredService<IOptionsMonitor<ModelMonitorOptions>>().Get(section.Split(':')[^1]),
    };

    private static ServiceProvider Provider(params (string Key, string Value)[] values)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Configuration(values));
        services.AddMlOps(mlops => mlops.UseOnnx().AddMonitor("credit"));
        return services.BuildServiceProvider();
    }

    private IHost Host(params (string Key, string Value)[] values)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        if (values[0].Key != "MlOps:WorkspacePath")
        {
            values = [.. values, ("MlOps:WorkspacePath", _folder.FullName)];
        }

        builder.Configuration.AddInMemoryCollection(Pairs(values));
        builder.Services.AddMlOps(mlops => mlops.UseOnnx().AddMonitor("credit"));
        return builder.Build();
    }
}
