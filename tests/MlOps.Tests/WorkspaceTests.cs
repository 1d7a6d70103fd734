using Microsoft.Extensions.DependencyInjection;
using MlOps.Data;
using MlOps.Registry;
using MlOps.Tracking;

namespace MlOps.Tests;

public sealed class WorkspaceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-workspace-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_one_opening_recorded_the_next_one_finds()
    {
        await using (var first = Workspace.Open(_folder.FullName))
        {
            await using var run = await first.Tracking.StartRunAsync("credit", cancellationToken: Token);
            run.LogParameter("depth", 4);
            run.LogMetric("auc", 0.91, step: 7);
        }

        await using var second = Workspace.OpenExisting(_folder.FullName);
        var found = Assert.Single((await second.Tracking.SearchRunsAsync(cancellationToken: Token)).Runs).Info;
        var details = await second.Tracking.FindRunAsync(found.Id, Token);
        Assert.Equal(RunStatus.Finished, found.Status);
        Assert.Equal("4", details!.Parameters["depth"]);
        Assert.Equal(0.91, details.Metrics["auc"].Value);
    }

    [Fact]
    public async Task Equal_content_is_recognised_as_the_same_data_version()
    {
        await using var workspace = Workspace.Open(_folder.FullName);
        var rows = Dataset.FromEnumerable("numbers", Enumerable.Range(0, 1000), columns => columns.Column("n", n => (double)n));

        var first = await workspace.Data.AddAsync("numbers", rows, cancellationToken: Token);
        var again = await workspace.Data.AddAsync("numbers", rows, cancellationToken: Token);
        var other = await workspace.Data.AddAsync("numbers", rows.Take(999), cancellationToken: Token);

        Assert.True(first.IsNew);
        Assert.False(again.IsNew);
        Assert.Equal(first.Version.Number, again.Version.Number);
        Assert.Equal(2, other.Version.Number);
        Assert.Equal(1000, await (await workspace.Data.OpenAsync("numbers@1", Token)).CountAsync(Token));
    }

    [Fact]
    public async Task A_workspace_that_must_exist_is_not_created()
    {
        var error = Assert.Throws<MlOpsException>(() => Workspace.OpenExisting(_folder.FullName));
        Assert.Equal(ErrorCodes.WorkspaceNotFound, error.Code);
        Assert.Contains(_folder.FullName, error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
        await Task.CompletedTask;
    }

    [Fact]
    public void A_workspace_of_a_newer_version_is_refused_and_left_alone()
    {
        var marker = Path.Combine(_folder.CreateSubdirectory(".mlops").FullName, "workspace.json");
        File.WriteAllText(marker, """{"format":99}""");

        var error = Assert.Throws<MlOpsException>(() => Workspace.Open(_folder.FullName));

        Assert.Equal(ErrorCodes.WorkspaceNewer, error.Code);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
        Assert.Equal(["workspace.json"], Directory.GetFileSystemEntries(Path.GetDirectoryName(marker)!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_workspace_where_a_file_stands_in_the_way_says_where()
    {
        var file = Path.Combine(_folder.FullName, "taken");
        File.WriteAllText(file, "");

        var error = Assert.Throws<MlOpsException>(() => Workspace.Open(file));

        Assert.Equal(ErrorCodes.StorageReadOnly, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_named()
    {
        await using (var workspace = Workspace.Open(_folder.FullName))
        {
            await workspace.Tracking.SearchRunsAsync(cancellationToken: Token);
        }

        var database = Path.Combine(_folder.FullName, ".mlops", "mlops.db");
        foreach (var beside in Directory.GetFiles(Path.GetDirectoryName(database)!, "mlops.db-*"))
        {
            File.Delete(beside);
        }

        await File.WriteAllBytesAsync(database, Enumerable.Repeat((byte)0x5A, 4096).ToArray(), Token);

        var error = await Assert.ThrowsAsync<MlOpsException>(async () =>
        {
            await using var workspace = Workspace.Open(_folder.FullName);
            await workspace.Tracking.SearchRunsAsync(cancellationToken: Token);
        });
        Assert.Equal(ErrorCodes.StorageCorrupt, error.Code);
        Assert.Contains(database, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_gets_the_same_services_by_dependency_injection()
    {
        var services = new ServiceCollection();
        services.AddMlOps(workspacePath: _folder.FullName);
        services.AddMlOps(workspacePath: _folder.FullName);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var registry = provider.GetRequiredService<IModelRegistry>();

        Assert.Empty(await registry.ListVersionsAsync(cancellationToken: Token));
        Assert.NotNull(provider.GetRequiredService<IExperimentTracker>());
    }
}
