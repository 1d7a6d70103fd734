namespace MlOps.Tracking;

/// <summary>Makes the workspaces that reproduced runs write to.</summary>
public interface IReproductionWorkspaceFactory
{
    /// <summary>Opens the workspace of a folder, creating it there.</summary>
    IReproductionWorkspace Open(string folder);
}
